"""The encrypted local store: keys, database, repositories. Light on purpose: the database parts take half a second."""
