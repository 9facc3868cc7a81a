"""Files the program reads: style, icons, words, help, courses."""
