"""The centre: it takes in what PCs and sticks bring, acknowledges it, adds it up and sends back news."""
