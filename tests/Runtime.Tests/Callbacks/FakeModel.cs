using Unroll.Compiled;

namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>A model whose only parameter counts the epochs, so that a test sees which one's weights came back.</summary>
internal sealed class FakeModel()
    : Model(Contract.Require(Contract.Version, typeof(FakeModel)), s_network, new FakeCode(), seed: 0)
{
    private static readonly NetworkDescription s_network = new()
    {
        Name = "Fake",
        Inputs = [new("input", [1]) { TrainingOffset = 0, TrainingStride = 1 }],
        Outputs = [new("output", [1]) { TrainingOffset = 0, InferenceOffset = 0, SampleOffset = 0, Stride = 16 }],
        Layers = [new("scale1", "Scale", ["input"], [1], 1)],
        Parameters = [new("scale1/kernel", [1], 0, ParameterArrangement.Vectors, IsTrained: true, Initializer.Zeros, 0f, 0f)],
        ParameterFloats = 16,
        TrainedFloats = 16,
        BlockSamples = 1,
        InferenceBlockFloats = 16,
        SampleFloats = 16,
        TrainingSampleFloats = 16,
        TemporaryFloats = 0,
        Phases = [],
    };

    public float Weight
    {
        get => Parameters[0].ToArray()[0];
        set => Parameters[0].Assign([value]);
    }

    private sealed class FakeCode : CompiledCode
    {
        public override void Infer(ref float input, ref float parameters, ref float temporaries, ref float block, nuint samples) =>
            throw new NotSupportedException();

        public override void InferSample(ref float input, ref float parameters, ref float temporaries, ref float block) =>
            throw new NotSupportedException();

        public override void Observe(ref float parameters, ref float temporaries, ref float block, nuint samples) => throw new NotSupportedException();

        public override void TrainSamples(TrainingStep step, int phase, nuint local, nuint first, nuint samples) =>
            throw new NotSupportedException();

        public override void TrainPart(TrainingStep step, int phase, int part) => throw new NotSupportedException();
    }
}
