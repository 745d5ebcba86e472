"""Speed and memory as ratios against a named baseline in the same run; run by hand, results in README.md."""
