"""Challenges, inside: a brief to academics and companies, the questions that come, and what they send in.

The brief and the answers are releases, judged and approved as any; what is sent in stays sealed until the close. Two
score each idea without seeing the other's marks, a person decides with a reason, and whoever was not taken is told why
within six working days.
"""
