"""Widgets that forms promote to, one module for each.

fields         ProblemLabel (starts_problem below starts), show_problems, DayEdit
side_panel     SidePanel: details at the right; contents go into `body`
message_bar    MessageBar: `say(text, tone, action, then)` at the top of a page
toast          `say(owner, "Tersimpan", undo)` at the foot of the window
empty_state    EmptyState: `say(sentence, action, icon)`, signal `asked`
month_picker   MonthPicker
status_pill    StatusPill: `show_state(text, tone)`
totals_row     TotalsRow: `follow(table)`; sums of `Column.total` below their columns
"""
