"""How plain the words are that people read: lengths of sentences, uncommon words."""
