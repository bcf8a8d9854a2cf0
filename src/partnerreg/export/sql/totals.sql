SELECT source, unit, year, currency, kind, stage, CAST(SUM(amount) AS DECIMAL(38, 4)) AS amount
FROM funding
WHERE stage IN ('agreed', 'paid')
GROUP BY source, unit, year, currency, kind, stage
ORDER BY
  source NULLS LAST, unit NULLS LAST, year NULLS LAST, currency, kind NULLS LAST, stage
