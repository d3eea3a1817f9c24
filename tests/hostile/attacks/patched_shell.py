# ruff: noqa
"""Patches IPython: its namespace, its compiler, its transformers, its events and its hooks.

MUST HAPPEN: nothing is gained; other cells may fail, which costs the attacker only.
"""
# expect: points <= 0

# %% q1_answer
shell = get_ipython()
shell.input_transformers_cleanup.append(lambda lines: ["q2_rows = 100\n"])
shell.events.register("post_run_cell", lambda result: print("<script>hostile()</script>"))
shell.events.register("pre_run_cell", lambda info: shell.push({"q2_rows": 1}))
shell.set_custom_exc((Exception,), lambda *a, **k: None)
type(shell)._showtraceback = lambda *a: None


class Names(dict):
    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        return dict.get(self, name, -7)

    def __missing__(self, name):
        return -7


shell.user_ns = Names(shell.user_ns)
shell.run_cell = lambda *a, **k: None
