"""Drafts of letters as .docx files in the layout of Nghị định 30/2020/NĐ-CP.

``data`` holds what they say, as plain dataclasses that load nothing; each module beside it writes one kind of letter.
Number and day are left blank: văn thư gives them.
"""
