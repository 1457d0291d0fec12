"""Citations: what is cited, and one module for each form.

A formatter of our own rather than a CSL processor: there is one style and one type of work, the text stands on
every resource's page (a CSL engine needs some hundred times as long), and its locales would be a second set of
translations beside the interface's.
"""
