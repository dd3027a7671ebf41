"""Which body of a place speaks on a paper."""

VILLAGE_OFFICE = "村民委员会"
GOVERNMENT = "人民政府"
COUNTY_OFFICE = "扶贫开发办公室"
