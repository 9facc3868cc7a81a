"""The one place that wires everything: rooms to the glass, the glass to the rooms."""
