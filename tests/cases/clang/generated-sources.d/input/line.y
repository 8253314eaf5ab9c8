%%
line: WORD { named_in_a_grammar(1); }
