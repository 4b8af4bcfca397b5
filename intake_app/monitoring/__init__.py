"""The numbers the programme is judged by: indicators, small cells, sources and exports (DOMAIN 7)."""
