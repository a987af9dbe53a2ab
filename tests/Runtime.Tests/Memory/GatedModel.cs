using System.Runtime.CompilerServices;
using Unroll.Compiled;

namespace Unroll.Runtime.Tests.Memory;

/// <summary>y = x·w with one weight, whose predictions and training steps a test can halt in the middle.</summary>
internal sealed class GatedModel()
    : Model(Contract.Require(Contract.Version, typeof(GatedModel)), s_network, new GatedCode(), seed: 0)
{
    private static readonly NetworkDescription s_network = new()
    {
        Name = "Gated",
        Inputs = [new("input", [1]) { TrainingOffset = 0, TrainingStride = 1 }],
        Outputs = [new("output", [1]) { TrainingOffset = 16, InferenceOffset = 0, SampleOffset = 0, Stride = 16 }],
        Layers = [new("scale1", "Scale", ["input"], [1], 1)],
        Parameters = [new("scale1/kernel", [1], 0, ParameterArrangement.Vectors, IsTrained: true, Initializer.Ones, 0f, 0f)],
        ParameterFloats = 16,
        TrainedFloats = 16,
        BlockSamples = 1,
        InferenceBlockFloats = 16,
        SampleFloats = 16,
        TrainingSampleFloats = 32,
        TemporaryFloats = 0,
        Phases = [],
    };

    /// <summary>Called in the middle of each prediction: the weight is read before and after.</summary>
    public static Action? InPrediction { get; set; }

    public Parameter Weight => Parameters[0];

    private sealed class GatedCode : CompiledCode
    {
        public override void Infer(ref float input, ref float parameters, ref float temporaries, ref float block, nuint samples)
        {
            for (nuint sample = 0; sample < samples; sample++)
            {
                InferSample(ref Unsafe.Add(ref input, sample), ref parameters, ref temporaries, ref Unsafe.Add(ref block, 16 * sample));
            }
        }

        public override void InferSample(ref float input, ref float parameters, ref float temporaries, ref float block)
        {
            float half = input * parameters / 2;
            InPrediction?.Invoke();
            block = half + (input * parameters / 2);
        }

        public override void Observe(ref float parameters, ref float temporaries, ref float block, nuint samples) => throw new NotSupportedException();

        public override void TrainSamples(TrainingStep step, int phase, nuint local, nuint first, nuint samples) =>
            throw new NotSupportedException();
    }
}
