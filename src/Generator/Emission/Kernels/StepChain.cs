using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Writes elementwise steps over a running value.</summary>
internal sealed class StepChain
{
    private readonly IReadOnlyList<ElementwiseStep> _steps;
    private readonly IReadOnlyList<IReadOnlyList<string>> _operands;

    public StepChain(IReadOnlyList<ElementwiseStep> steps)
    {
        _steps = steps;
        _operands = StepOperands.Names(steps);
    }

    /// <summary>The operand of the first step where that is a bias: the accumulators can start from it.</summary>
    public string? LeadingBias => _steps.Count > 0 && _steps[0] is AddBias ? _operands[0][0] : null;

    /// <summary>The names of the operands that hold one value an element.</summary>
    public IEnumerable<string> ElementOperands =>
        from index in Enumerable.Range(0, _steps.Count)
        from operand in Enumerable.Range(0, _operands[index].Count)
        where _steps[index].Operands[operand].Extent == OperandExtent.Element
        select _operands[index][operand];

    /// <summary>Whether a step draws one number a channel of a sample.</summary>
    public bool DrawsByChannel => _steps.Any(static step => step is DropoutStep { OfChannels: true });

    public int Count => _steps.Count;

    /// <summary>Whether a ReLU is all there is, or nothing is.</summary>
    /// <param name="behindBias">Not counting the leading bias.</param>
    public bool AreRelu(bool behindBias) => _steps.Skip(behindBias ? 1 : 0).All(static step => step is Activate { Function.Kind: Activation.Relu });

    public bool Has(OperandExtent extent) =>
        _steps.Any(step => step.Operands.Any(operand => operand.Extent == extent));

    /// <summary>Writes a statement <c>value = step(value)</c> for each step but the last.</summary>
    /// <returns>The last step's result.</returns>
    public Expression Write(CodeWriter writer, SimdTarget t, string value, StepPlace place)
    {
        var result = new Expression(value, IsPrimary: true);
        for (int i = place.BiasDone ? 1 : 0; i < _steps.Count; i++)
        {
            if (result.Text != value)
            {
                writer.Line($"{value} = {result};");
            }

            result = StepPhrases.Of(t, _steps[i], value, _operands[i], place);
        }

        return result;
    }

    /// <summary>The keys of random numbers, written once at the top of a kernel.</summary>
    public void WriteKeys(CodeWriter writer)
    {
        foreach (NoiseStep noise in _steps.OfType<NoiseStep>())
        {
            writer.Line($"uint {StepPhrases.Key(noise)} = CounterRandom.Key(noise, {noise.Salt});");
        }
    }
}

/// <summary>How steps reach what belongs to the value they work on.</summary>
/// <param name="Unit">From an operand's name and a row of it to the load of its values for these units.</param>
/// <param name="Sample">From an operand's name to the load of its values for these elements of a sample.</param>
/// <param name="Element">From an operand's name to the load of its values for these elements.</param>
/// <param name="Position">The position of the first element in the batch, which random numbers depend on; only an operation of elementwise steps draws any.</param>
/// <param name="ChannelPosition">The same of the first channel among those of all samples.</param>
/// <param name="BiasDone">Whether the value started from the leading bias.</param>
internal sealed record StepPlace(
    Func<string, int, string> Unit,
    Func<string, string> Sample,
    Func<string, string> Element,
    Offset Position = default,
    Offset ChannelPosition = default,
    bool BiasDone = false);
