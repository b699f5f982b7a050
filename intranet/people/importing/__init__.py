"""People and departments as tables: reading what HR uploads, telling what it would change, writing it out.

    files.read     bytes -> tables, or a sentence saying what is wrong with the file
    check.check    tables -> a report of every line, and the steps that actions would take

Nothing here writes to the database: `people.actions.imports` does.
"""
