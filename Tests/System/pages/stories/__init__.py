"""What persons do with the pages: one module a row of the table of pages."""
