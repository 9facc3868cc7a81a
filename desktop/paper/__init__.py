"""The one place that draws documents: pages of PDF for printing and for packs."""
