"""What a learner can show: proofs, certificates, and whether a paper holds."""
