using Unroll.Compiled;
using Unroll.Numerics;
using Unroll.Numerics.Tests.Harness;

namespace Unroll.Deployment.Tests.Arm;

/// <summary>One network and one batch of samples, as both processors get them.</summary>
internal sealed class ArmNetwork
{
    // More than one block, and a partial tile.
    public const int Samples = 33;

    private const int Seed = 1;

    public ArmNetwork(NetworkLibrary library, string name)
    {
        Name = name;
        Model = library.Create(name, Machine.Vector128, Seed);

        // Large enough that values pass the thresholds of every activation.
        RandomValues.AssignTo(Model, seed: 4, gain: 2f);
        Inputs = RandomValues.Uniform(Samples * Description.InputSize, seed: 2);
        Targets = RandomValues.Uniform(Samples * Description.OutputSize, seed: 3);
    }

    public string Name { get; }

    /// <summary>The network on this processor, on vectors of 128 bits.</summary>
    public Model Model { get; }

    public float[] Inputs { get; }

    public float[] Targets { get; }

    public NetworkDescription Description => Model.Network;

    /// <summary>Of the first step, which gradients without training are computed for.</summary>
    public static ulong Noise => RandomSource.Combine(RandomSource.Combine(Seed, 0), 0);

    // Whole groups where samples are lanes.
    private int Room => Description.TrainsInLanes ? (Samples + 15) / 16 * 16 : Samples;

    /// <summary>The methods that C calls: a forward pass, and the gradients of a batch.</summary>
    public string EntryPoints => $$"""
        public static class {{Name}}Entry
        {
            public static void Forward(ref float input, ref float parameters, ref float prepared, ref float block, ref float output)
            {
        {{(Description.PreparedFloats == 0 ? "" : $"        {Choice("Prepare(ref parameters, ref prepared)")}")}}
                for (nuint first = 0; first < {{Samples}}; first += {{Description.BlockSamples}})
                {
                    nuint count = {{Samples}} - first < {{Description.BlockSamples}} ? {{Samples}} - first : {{Description.BlockSamples}};
                    {{Choice($"Infer(ref Unsafe.Add(ref input, first * {Description.InputSize}), ref parameters, ref prepared, ref block, count)")}}
                    for (nuint i = 0; i < count * {{Description.OutputSize}}; i++)
                    {
                        nuint row = i / {{Description.OutputSize}};
                        nuint column = i % {{Description.OutputSize}};
                        Unsafe.Add(ref output, (first * {{Description.OutputSize}}) + i) =
                            Unsafe.Add(ref block, {{Description.Outputs[0].InferenceOffset}} + (row * {{Description.Outputs[0].InferenceStride}}) + column);
                    }
                }
            }

            public static void Train(
                ref float input, ref float targets, ref float parameters, ref float gradients, ref float temporaries, ref float block)
            {
                var step = new global::Unroll.Compiled.TrainingStep
                {
                    Parameters = ref parameters,
                    Gradients = ref gradients,
                    Temporaries = ref temporaries,
                    Block = ref block,
                    Targets = ref targets,
                    Samples = {{Samples}},
                    Room = {{Room}},
                    Noise = {{Noise}}UL,
                    Columns = {{Description.Outputs[0].Columns}},
                    Stride = {{Description.Outputs[0].Stride}},
                };
                for (nuint i = 0; i < {{Samples * Description.InputSize}}; i++)
                {
                    nuint sample = i / {{Description.InputSize}};
                    nuint place = {{Description.Inputs[0].TrainingOffset * Room}} + (sample * {{Description.Inputs[0].TrainingStride}}) + (i % {{Description.InputSize}});
                    Unsafe.Add(ref block, place) = Unsafe.Add(ref input, i);
                }
        {{string.Concat(Description.Phases.Select(PhaseCall))}}
            }
        }

        """;

    /// <summary>The line of the driver's table: the entry points, and the floats of each memory.</summary>
    public string TableLine =>
        $"{{ {ArmLibrary.AssemblyName}_{Name}Entry__Forward, {ArmLibrary.AssemblyName}_{Name}Entry__Train, "
        + $"{Inputs.Length}, {Targets.Length}, {Description.ParameterFloats}, {Description.TrainedFloats}, {Description.PreparedFloats}, "
        + $"{Description.TemporaryFloats}, {Description.InferenceBlockFloats}, {Room * Description.TrainingSampleFloats} }},";

    public string Declarations =>
        $"void {ArmLibrary.AssemblyName}_{Name}Entry__Forward(float*, float*, float*, float*, float*);\n"
        + $"void {ArmLibrary.AssemblyName}_{Name}Entry__Train(float*, float*, float*, float*, float*, float*);\n";

    // The choice that generated code makes when it creates its code object, for which there is no runtime here.
    private string Choice(string call)
    {
        string code = $"global::Unroll.Generated.Nets_{Name}Code";
        return $"if (global::Guard.Neon) {{ {code}<{code}_NeonKernels>.{call}; }} else {{ {code}<{code}_Vector128Kernels>.{call}; }}";
    }

    private string PhaseCall(PhaseDescription phase, int index) => phase.Kind switch
    {
        PhaseKind.Samples => $$"""
                    for (nuint first = 0; first < {{Samples}}; first += {{Description.BlockSamples}})
                    {
                        nuint count = {{Samples}} - first < {{Description.BlockSamples}} ? {{Samples}} - first : {{Description.BlockSamples}};
                        {{Choice($"TrainSamples(step, {index}, first, first, count)")}}
                    }

            """,
        PhaseKind.Parts => $$"""
                    for (int part = 0; part < {{phase.Parts}}; part++)
                    {
                        {{Choice($"TrainPart(step, {index}, part)")}}
                    }

            """,
        _ => "",
    };
}
