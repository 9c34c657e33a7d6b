"""The publisher: a process beside the site that carries releases to channels, and never anything twice.

Before a post is made public it is written down that it will be; if the answer is lost, the platform is only read from
then on, until it is known what became of it or a person says so. See docs/publishing.md.
"""
