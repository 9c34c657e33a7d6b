"""What is left behind in files: pictures made anew from their pixels, papers set anew, both looked through after."""
