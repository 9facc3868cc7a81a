"""The courses that come with Suluh, in source form: course.toml, Markdown, SVG and GIFT."""
