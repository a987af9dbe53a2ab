using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Rows of an embedding that no id of a batch names: rules that leave them as they are never go there, and nothing else shows that.</summary>
public sealed class OccurringRowsTests
{
    private const int Rows = 90;
    private const int BatchSize = 40;

    private static readonly NetworkLibrary s_library = new("""
        [Network(3)] [Embedding(3000, 20)] [Flatten] [Dense(8, Activation.Tanh)] [Dense(2)] public sealed partial class Rare;
        [Network(3)] [Embedding(3000, 20)] [Flatten] [Dense(1000, Activation.Tanh)] [Dense(100, Activation.Tanh)] [Dense(2)] public sealed partial class Large;
        [Network(3)] [Embedding(3000, 20, EmbeddingsL2 = 0.01f)] [Flatten] [Dense(2)] public sealed partial class Penalized;
        [Network(3, 1)] [Reshape(3)] [Embedding(3000, 4, Name = "left")] [Embedding(4000, 4, Name = "right", From = "input")] [Reshape(3, 4)]
        [Add("", "left")] [Flatten] [Dense(2)] public sealed partial class Twice;
        [Network] [Input("meta", 2)] [Input("tokens", 3)] [Embedding(3000, 40, From = "tokens")] [Flatten] [Concatenate("", "meta")] [Dense(2)]
        public sealed partial class Mixed;
        """);

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string network in (string[])["Rare", "Penalized", "Twice", "Mixed"])
            {
                foreach (string optimizer in (string[])["sgd", "adagrad", "adagrad from 0", "clipped", "scaled", "decayed", "averaged", "momentum"])
                {
                    cases.Add(network, optimizer);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AllBitsAreThoseOfAnUpdateOfEveryRow(string network, string optimizer)
    {
        float[] expected = Trained(network, new Everywhere(Create(optimizer)), threads: 1);

        Assert.Equal(expected, Trained(network, Create(optimizer), threads: 1));
    }

    /// <summary>Three threads share the step and the update.</summary>
    [Theory]
    [InlineData("sgd")]
    [InlineData("adagrad")]
    public void ThreadsDoNotChangeABit(string optimizer)
    {
        Assert.Equal(3, TrainingLoop.ThreadsWorth(s_library.Create("Large", Machines.Widest).Network, BatchSize, available: 3));
        float[] expected = Trained("Large", new Everywhere(Create(optimizer)), threads: 1);

        Assert.Equal(expected, Trained("Large", Create(optimizer), threads: 1));
        Assert.Equal(expected, Trained("Large", Create(optimizer), threads: 3));
    }

    [Fact]
    public void OnlyRulesThatLeaveRowsAsTheyAreLeaveThemOut()
    {
        Assert.True(ParameterUpdate.ChangesTouchedOnly(new SGD()));
        Assert.True(ParameterUpdate.ChangesTouchedOnly(new SGD { GlobalClipNorm = 1f }));
        Assert.True(ParameterUpdate.ChangesTouchedOnly(new Adagrad()));
        Optimizer[] others =
        [
            new SGD(momentum: 0.5f), new SGD { WeightDecay = 0.1f }, new Adagrad { UseEma = true }, new Adadelta(), new Adam(), new AdamW(), new Adamax(),
            new Ftrl(), new Lion(), new Nadam(), new RMSprop(),
        ];
        Assert.All(others, static optimizer => Assert.False(ParameterUpdate.ChangesTouchedOnly(optimizer), optimizer.ToString()));
    }

    [Fact]
    public void WhatAStepHasTouchedIsForgottenInTheNext()
    {
        Model model = s_library.Create("Rare", Machines.Widest, seed: 1);
        float[] once = Embeddings(model);

        // The rows of the first batch have no gradient in the second.
        model.Compile(new SGD(0.5f), new MeanSquaredError());
        model.Fit(new Dataset([1, 2, 3], [1, 2], 1), epochs: 1);
        float[] first = Embeddings(model);
        model.Fit([Batch(1, 2, 3), Batch(7, 8, 9)], epochs: 1);
        float[] second = Embeddings(model);
        model.Fit([Batch(4, 4, 4), Batch(7, 8, 9)], epochs: 1);
        float[] third = Embeddings(model);

        Assert.Equal([1, 2, 3], Changed(once, first));
        Assert.Equal([1, 2, 3, 7, 8, 9], Changed(first, second));
        Assert.Equal([4, 7, 8, 9], Changed(second, third));
    }

    [Fact]
    public void AnUpdateThatLeavesTheFiniteNumbersIsUndone()
    {
        Model model = s_library.Create("Rare", Machines.Widest, seed: 1);
        model.Compile(new SGD(3e38f), new MeanSquaredError());
        float[] before = [];
        var snapshot = new LambdaCallback(onBatchBegin: context => before = Fits.Weights(context.Model));
        Assert.Throws<NonFiniteException>(() => model.Fit(
            new Dataset(RandomValues.Labels(12, 3000, seed: 1), [.. Enumerable.Repeat(1e9f, 8)], 4), epochs: 3, batchSize: 2, callbacks: [snapshot]));

        Assert.Equal(before, Fits.Weights(model));
    }

    private static float[] Trained(string network, Optimizer optimizer, int threads)
    {
        Model model = s_library.Create(network, Machines.Widest, seed: 3);
        model.Compile(optimizer, new MeanSquaredError());
        int features = model.Network.InputSize;
        float[] rows = RandomValues.Labels(Rows * features, 3000, seed: 5);
        if (network == "Mixed")
        {
            // The first two of five values are no ids.
            for (int i = 0; i < rows.Length; i += i % 5 == 0 ? 1 : 4)
            {
                rows[i] /= 3000;
            }
        }

        model.Fit(new Dataset(rows, RandomValues.Uniform(Rows * 2, seed: 6), Rows), epochs: 3, batchSize: BatchSize, threads: threads);
        return Fits.Weights(model);
    }

    private static Batch Batch(params float[] ids) => new(ids, new float[] { 1, 2 }, 1);

    private static Optimizer Create(string name) => name switch
    {
        "sgd" => new SGD(0.2f),
        "adagrad" => new Adagrad(0.2f),
        "adagrad from 0" => new Adagrad(0.2f, initialAccumulatorValue: 0f),
        "clipped" => new SGD(0.2f) { ClipValue = 0.01f },
        "scaled" => new SGD(0.2f) { GlobalClipNorm = 0.1f },
        "decayed" => new SGD(0.2f) { WeightDecay = 0.1f },
        "averaged" => new Adagrad(0.2f) { UseEma = true, EmaOverwriteFrequency = 2 },
        _ => new SGD(0.2f, momentum: 0.9f),
    };

    private static float[] Embeddings(Model model) => model.Parameters["embedding1/embeddings"].ToArray();

    private static IEnumerable<int> Changed(float[] before, float[] after) =>
        Enumerable.Range(0, 3000).Where(row => !before.AsSpan(row * 20, 20).SequenceEqual(after.AsSpan(row * 20, 20)));

    // The same rule, of which nobody knows that it leaves rows as they are.
    private sealed class Everywhere : Optimizer
    {
        private readonly Optimizer _rule;

        public Everywhere(Optimizer rule)
            : base(rule.LearningRate)
        {
            _rule = rule;
            WeightDecay = rule.WeightDecay;
            ClipValue = rule.ClipValue;
            GlobalClipNorm = rule.GlobalClipNorm;
            UseEma = rule.UseEma;
            EmaOverwriteFrequency = rule.EmaOverwriteFrequency;
        }

        public override string Name => "everywhere";

        public override int SlotCount => _rule.SlotCount;

        internal override bool PreparesGradients => true;

        internal override bool IsBounded => _rule.IsBounded;

        public override float InitialSlotValue(int slot) => _rule.InitialSlotValue(slot);

        public override void Update(in OptimizerStep step) => _rule.Update(step);
    }
}
