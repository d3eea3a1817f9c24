"""The functions and constants that a student may name, and the commands of LaTeX that are read."""

from __future__ import annotations

FUNCTIONS = {
    "sqrt": "sqrt",
    "cbrt": "cbrt",
    "exp": "exp",
    "log": "log",
    "ln": "log",
    "log2": "log2",
    "log10": "log10",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "logistic": "sigmoid",
    "softplus": "softplus",
    "relu": "relu",
    "abs": "abs",
    "sign": "sign",
    "floor": "floor",
    "ceil": "ceil",
    "ceiling": "ceil",
    "max": "max",
    "min": "min",
    "maximum": "max",
    "minimum": "min",
    "sum": "sum",
}
"""What a name in lower case stands for before a bracket. log is the natural logarithm, as in SymPy and PyTorch."""

SEVERAL = {"max", "min"}  # functions of two arguments or more; log also takes a base
ANALYTIC = {"exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sigmoid", "softplus", "pi", "e"}
"""Functions without kinks, jumps or places where they end: two such expressions that differ do so nearly everywhere."""

CONSTANTS = {"pi": "pi", "e": "e", "E": "e"}

_SMALL: tuple[str, ...] = (
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "zeta",
    "eta",
    "theta",
    "iota",
    "kappa",
    "lambda",
    "mu",
    "nu",
)
_SMALL += ("xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega")
_CAPITAL = ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega")
GREEK: dict[str, str] = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _SMALL, strict=True))
GREEK |= dict(zip("ΓΔΘΛΞΠΣΥΦΨΩ", _CAPITAL, strict=True))
GREEK |= {"ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", "µ": "mu", "ς": "sigma"}

# Commands that spell a name.
NAMES: dict[str, str] = {name: name for name in GREEK.values()}
NAMES |= {f"var{name}": name for name in ("epsilon", "theta", "phi", "rho", "pi", "sigma")}
NAMES |= {name: name for name in ("exp", "log", "ln", "sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min")}
NAMES |= {"ell": "ell", "partial": "partial"}

FONTS = ("mathbf", "mathrm", "mathit", "mathsf", "boldsymbol", "bm", "vec", "text", "textrm", "operatorname", "mathop")
ACCENTS = ("hat", "bar", "tilde", "widehat", "overline")

SPACES: tuple[str, ...] = (
    ",",
    ";",
    ":",
    "!",
    " ",
    "quad",
    "qquad",
    "left",
    "right",
    "displaystyle",
    "textstyle",
    "limits",
    "nolimits",
)
SPACES += ("big", "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "Bigg", "biggl", "biggr", "Biggl", "Biggr")

# Commands that stand for something else, as pairs of a kind of token and its value.
SIGNS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("cdot", "times", "ast"), ("operator", "*")),
    "div": ("operator", "/"),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), ("frac", "frac")),
    "sqrt": ("function", "sqrt"),
    "sum": ("series", "sum"),
    "lfloor": ("open", "⌊"),
    "rfloor": ("close", "⌋"),
    "lceil": ("open", "⌈"),
    "rceil": ("close", "⌉"),
    "{": ("open", "("),
    "}": ("close", ")"),
    "lbrace": ("open", "("),
    "rbrace": ("close", ")"),
    **dict.fromkeys(("lvert", "rvert", "vert", "mid"), ("bar", "|")),
    **dict.fromkeys(SPACES, ("space", "")),
}
