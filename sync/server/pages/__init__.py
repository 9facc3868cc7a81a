"""The centre's pages for a browser: made here, without scripts, cookies or anything from elsewhere."""
