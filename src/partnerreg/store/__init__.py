"""Where bytes come from and go to: folders, git, files written whole."""
