"""Scripts that lead databases of older versions to the tables of this one."""
