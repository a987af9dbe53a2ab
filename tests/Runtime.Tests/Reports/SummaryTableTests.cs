using Unroll.Compiled;
using Unroll.Reports;

namespace Unroll.Runtime.Tests.Reports;

/// <summary>The summary, a stack's against tables that Keras 3 prints for the same layers.</summary>
public class SummaryTableTests
{
    [Fact]
    public void IsTheTableOfKeras() => Assert.Equal(
        """
        Model: "Shop.Net"
        ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
        ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
        ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
        │ flatten1 (Flatten)              │ (None, 784)            │             0 │
        ├─────────────────────────────────┼────────────────────────┼───────────────┤
        │ dense1 (Dense)                  │ (None, 128)            │       100,480 │
        ├─────────────────────────────────┼────────────────────────┼───────────────┤
        │ batch_normalization1            │ (None, 128)            │           512 │
        │ (BatchNormalization)            │                        │               │
        └─────────────────────────────────┴────────────────────────┴───────────────┘
         Total params: 100,992 (394.50 KB)
         Trainable params: 100,736 (393.50 KB)
         Non-trainable params: 256 (1.00 KB)
        """.ReplaceLineEndings("\n"),
        SummaryTable.Of(Network(
            [
                new("flatten1", "Flatten", ["input"], [784], 0),
                new("dense1", "Dense", ["flatten1"], [128], 100_480),
                new("batch_normalization1", "BatchNormalization", ["dense1"], [128], 512),
            ],
            trained: 100_736,
            others: 256)));

    [Theory]
    [InlineData(0, "0 (0.00 B)")]
    [InlineData(31, "31 (124.00 B)")]
    [InlineData(255, "255 (1020.00 B)")]
    [InlineData(256, "256 (1.00 KB)")]
    [InlineData(288, "288 (1.12 KB)")] // 1.125: Python rounds ties to even
    [InlineData(101_770, "101,770 (397.54 KB)")]
    [InlineData(400_000_000, "400,000,000 (1.49 GB)")]
    public void CountsParametersAndTheirMemory(int parameters, string text) => Assert.Contains(
        $" Trainable params: {text}\n", SummaryTable.Of(Network([new("dense1", "Dense", ["input"], [1], parameters)], parameters, others: 0)), StringComparison.Ordinal);

    [Fact]
    public void ALongNameIsBrokenWhereTheColumnEnds() => Assert.Contains(
        """
        │ a_name_that_is_longer_than_its_ │ (None, 100, 200, 300,  │             7 │
        │ column_is_wide (Dense)          │ 400)                   │               │
        """.ReplaceLineEndings("\n"),
        SummaryTable.Of(Network([new("a_name_that_is_longer_than_its_column_is_wide", "Dense", ["input"], [100, 200, 300, 400], 7)], 7, 0)),
        StringComparison.Ordinal);

    /// <summary>
    /// Sources in the form of <c>get_connections</c> in Keras 3.16's summary_utils.py: name, call and output, joined by ", ". No Keras printed this
    /// table; its widths are what rich makes of those that Keras asks for on 80 columns, and the lines within its cells those of rich 13.3, but
    /// for the name that is longer than its column.
    /// </summary>
    [Fact]
    public void ANetworkThatIsNoStackTellsWhatIsConnectedToWhat() => Assert.Equal(
        """
        Model: "Shop.Net"
        ┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
        ┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
        ┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
        │ left (InputLayer)   │ (None, 4)         │          0 │ -                 │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ right (InputLayer)  │ (None, 4)         │          0 │ -                 │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ dense1 (Dense)      │ (None, 8)         │         40 │ left[0][0]        │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ dense2 (Dense)      │ (None, 8)         │         40 │ right[0][0]       │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ concatenate1        │ (None, 16)        │          0 │ dense1[0][0],     │
        │ (Concatenate)       │                   │            │ dense2[0][0]      │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ dense3 (Dense)      │ (None, 8)         │        136 │ concatenate1[0][0 │
        │                     │                   │            │ ]                 │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ add1 (Add)          │ (None, 8)         │          0 │ dense1[0][0],     │
        │                     │                   │            │ dense2[0][0],     │
        │                     │                   │            │ dense3[0][0]      │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ dense4 (Dense)      │ (None, 1)         │          9 │ add1[0][0]        │
        └─────────────────────┴───────────────────┴────────────┴───────────────────┘
         Total params: 225 (900.00 B)
         Trainable params: 225 (900.00 B)
         Non-trainable params: 0 (0.00 B)
        """.ReplaceLineEndings("\n"),
        SummaryTable.Of(Network(
            [
                new("dense1", "Dense", ["left"], [8], 40),
                new("dense2", "Dense", ["right"], [8], 40),
                new("concatenate1", "Concatenate", ["dense1", "dense2"], [16], 0),
                new("dense3", "Dense", ["concatenate1"], [8], 136),
                new("add1", "Add", ["dense1", "dense2", "dense3"], [8], 0),
                new("dense4", "Dense", ["add1"], [1], 9),
            ],
            trained: 225,
            others: 0,
            new("left", [4]) { TrainingOffset = 0, TrainingStride = 4 },
            new("right", [4]) { TrainingOffset = 0, TrainingStride = 4 })));

    [Fact]
    public void SourcesShareALineWhereTheyFitAndLongOnesAreBroken() => Assert.Contains(
        """
        │ add1 (Add)          │ (None, 8)         │          0 │ a[0][0], b[0][0], │
        │                     │                   │            │ normalization_of_ │
        │                     │                   │            │ the_left[0][0]    │
        """.ReplaceLineEndings("\n"),
        SummaryTable.Of(Network([new("add1", "Add", ["a", "b", "normalization_of_the_left"], [8], 0)], trained: 0, others: 0)),
        StringComparison.Ordinal);

    private static NetworkDescription Network(LayerDescription[] layers, int trained, int others, params InputDescription[] inputs) => new()
    {
        Name = "Shop.Net",
        Inputs = inputs.Length > 0 ? inputs : [new("input", [28, 28]) { TrainingOffset = 0, TrainingStride = 784 }],
        Outputs = [new("output", [1]) { TrainingOffset = 0, InferenceOffset = 0, SampleOffset = 0, Stride = 16 }],
        Layers = layers,
        Parameters =
        [
            new("a/kernel", [trained], 0, ParameterArrangement.Vectors, IsTrained: true, Initializer.Zeros, 0f, 0f),
            new("a/mean", [others], 0, ParameterArrangement.Vectors, IsTrained: false, Initializer.Zeros, 0f, 0f),
        ],
        ParameterFloats = 16,
        TrainedFloats = 16,
        BlockSamples = 1,
        InferenceBlockFloats = 16,
        SampleFloats = 16,
        TrainingSampleFloats = 16,
        TemporaryFloats = 0,
        Phases = [],
    };
}
