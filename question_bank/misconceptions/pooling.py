"""Errors in pooling by hand."""

from question_bank.misconceptions import Misconception

MAXIMUM_FOR_MINIMUM = Misconception(
    "maximum instead of minimum",
    r"You took the largest entry of each window. Min pooling keeps the smallest.",
)
MINIMUM_FOR_MAXIMUM = Misconception(
    "minimum instead of maximum",
    r"You took the smallest entry of each window. Max pooling keeps the largest.",
)
WROTE_WHOLE_WINDOW = Misconception(
    "wrote a whole window into the output",
    r"You wrote each result over the whole window, so your output is as large as the map. A window gives **one** entry "
    r"of the output: entry $(i, j)$ belongs to the window that starts at row $s\,i$ and column $s\,j$.",
)
AVERAGE_FOR_MAXIMUM = Misconception(
    "average instead of maximum",
    r"You took the average of each window. Max pooling keeps the largest entry.",
)
MAXIMUM_FOR_AVERAGE = Misconception(
    "maximum instead of average",
    r"You took the largest entry of each window. Average pooling takes the mean.",
)
SUM_FOR_AVERAGE = Misconception(
    "sum instead of average",
    r"You added each window up. Average pooling also divides by the number of entries in the window.",
)
NON_OVERLAPPING = Misconception(
    "windows laid side by side",
    r"You laid the windows side by side. They start $s$ pixels apart, so windows larger than the stride overlap.",
)
ZERO_WINS = Misconception(
    "padded max pooling with zeros",
    r"You let the padding take part as zeros, and a zero beats every negative entry. Max pooling pads with $-\infty$, "
    r"so that only real entries can win.",
)
DIVIDED_BY_ALL = Misconception(
    "divided by the whole window",
    r"You divided by all places of the window. Here the padding is **not** counted: divide by the number of real "
    r"entries under the window.",
)
DIVIDED_BY_REAL = Misconception(
    "divided by the real entries only",
    r"You divided by the number of real entries under the window. Here the padded zeros **count**: divide by all "
    r"places of the window.",
)
INDEX_IN_WINDOW = Misconception(
    "gave the index inside the window",
    r"You counted the place inside the window. The index counts places of the whole map, row by row: only then can "
    r"unpooling put the entry back where it came from.",
)
COUNTED_FROM_ONE = Misconception(
    "counted from 1",
    r"You counted from 1. Indices start at 0, so the first entry of the map has index 0.",
)
COLUMN_BY_COLUMN = Misconception(
    "counted column by column",
    r"You counted down the columns. A flat index runs along the rows: row × width + column.",
)
TOP_LEFT_ALWAYS = Misconception(
    "always placed at the top left",
    r"You put every value in the top left corner of its window. That is the bed of nails; with indices, a value goes "
    r"to the place where the maximum stood.",
)
COPIED_EVERYWHERE = Misconception(
    "copied into the whole window",
    r"You copied each value into its whole window. That is nearest-neighbour upsampling; here the other places of a "
    r"window get 0.",
)
EVERYONE_GETS_ALL = Misconception(
    "gave the gradient to every entry of the window",
    r"You gave the gradient to every entry of the window. A small change of an entry that is not the maximum does not "
    r"change the output, so its gradient is 0.",
)
SPREAD_EVENLY = Misconception(
    "spread the gradient evenly",
    r"You spread the gradient evenly over the window. That is what average pooling does; max pooling passes all of it "
    r"to the entry that was the maximum.",
)
ASSIGNED = Misconception(
    "overwrote where windows overlap",
    r"Where windows share an entry you kept only the gradient of the last one. The entry takes part in several "
    r"outputs, so their gradients are **added**: `+=`, not `=`.",
)
STARTED_AT_ZERO = Misconception(
    "running maximum started at 0",
    r"Your running maximum starts at 0, and a 0 beats every negative entry. Start it at the first entry of the window, "
    r"or at $-\infty$.",
)
SQUARE_WINDOWS = Misconception(
    "took windows for square",
    r"You used the height of the window for its width, too. `size` holds **two** numbers: rows first, then columns.",
)
STRIDE_IN_RANGE = Misconception(
    "stride in the range of the output",
    r"You let the places of the **output** run in steps of the stride, as in `range(0, rows, s)`. The output has no "
    r"gaps: $i$ runs through all of its rows, and it is the window in the **input** that starts at row $s\,i$.",
)
NOT_DIVIDED = Misconception(
    "gave every entry the whole gradient",
    r"You gave the whole gradient of an output to each entry of its window. The output is the entries' sum **divided** "
    r"by their number, and so is what each of them gets.",
)
ADDED_TWICE = Misconception(
    "added what several windows chose",
    r"Where several windows chose the same entry you added its value up. It was one entry of the map, and unpooling "
    r"puts it back **once**.",
)
ONE_CHANNEL_S_INDICES = Misconception(
    "indices of the first channel used for all",
    r"You used the indices of the first channel for all of them. Each channel of each image has indices of its own.",
)
SIZE_IGNORED = Misconception(
    "size of the result not as given",
    r"Your result is as large as the windows reach. Pooling drops what does not fill a window, so the size has to be "
    r"**given**: it is an argument.",
)
COLUMNS_FROM_HEIGHT = Misconception(
    "columns counted by the height",
    r"You counted the columns of the output by the height of the image. How many windows fit side by side depends on "
    r"its **width**; only on square images that is the same.",
)
FIRST_CHANNEL_POOLED = Misconception(
    "every channel pooled from the first",
    r"All channels of your output are those of the first channel. Pooling works on each channel **by itself**: output "
    r"channel $c$ comes from input channel $c$.",
)
