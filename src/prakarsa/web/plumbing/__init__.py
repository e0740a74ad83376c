"""What every page needs: who is asking, in which language, with which form; and how the answer leaves."""
