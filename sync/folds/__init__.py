"""What statements add up to: pure, replayable folds over a set of facts, the same on PC, desk and centre."""
