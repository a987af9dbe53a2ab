using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>
/// Writes elementwise steps over a running value. Cheap steps are written for every register of a tile; from the first costly one on,
/// they run in a loop over the stored tile, so that an exponential does not stand in the code sixteen times.
/// </summary>
internal sealed class StepChain
{
    private readonly IReadOnlyList<ElementwiseStep> _steps;
    private readonly IReadOnlyList<string?> _operands;
    private readonly int _cheap;

    public StepChain(IReadOnlyList<ElementwiseStep> steps)
    {
        _steps = steps;
        _operands = StepOperands.Names(steps);
        _cheap = steps.TakeWhile(static step => step.IsCheap).Count();
    }

    /// <summary>Whether a loop over the stored tile is needed.</summary>
    public bool HasCostly => _cheap < _steps.Count;

    /// <summary>The operand of the first step where that is a bias: the accumulators can start from it.</summary>
    public string? LeadingBias => _steps.Count > 0 && _steps[0] is AddBias ? _operands[0] : null;

    /// <summary>The names of the operands that hold one value an element.</summary>
    public IEnumerable<string> ElementOperands => Operands(StepOperand.PerElement);

    /// <summary>The names of the operands that hold one value a unit.</summary>
    public IEnumerable<string> UnitOperands => Operands(StepOperand.PerUnit);

    /// <summary>Statements <c>value = step(value)</c> for the cheap steps, or for the rest.</summary>
    public void Write(CodeWriter writer, SimdTarget t, string value, StepPlace place, StepPart part)
    {
        int first = part == StepPart.Costly ? _cheap : place.BiasDone ? 1 : 0;
        int last = part == StepPart.Cheap ? _cheap : _steps.Count;
        for (int i = first; i < last; i++)
        {
            string result = Apply(t, _steps[i], value, _operands[i], place);
            writer.Line($"{value} = {Unwrapped(result)};");
        }
    }

    /// <summary>Where dropout's masks come from, written once at the top of a kernel.</summary>
    public void WriteKeys(CodeWriter writer)
    {
        foreach (DropoutStep dropout in _steps.OfType<DropoutStep>())
        {
            writer.Line($"uint key{dropout.Salt} = CounterRandom.Key(noise, {dropout.Salt});");
        }
    }

    private static string Apply(SimdTarget t, ElementwiseStep step, string x, string? operand, StepPlace place) => step switch
    {
        AddBias => $"{x} + {place.Unit(operand!)}",
        AddValue => $"{x} + {place.Element(operand!)}",
        Activate activate => ActivationPhrases.Forward(t, activate.Activation, x),
        ActivateGradient gradient => ActivationPhrases.Gradient(t, gradient.Activation, x, place.Element(operand!)),
        DropoutStep dropout => Dropout(t, dropout, x, place),
        AddPenaltyGradient penalty => PenaltyGradient(t, penalty, x, place.Element(operand!)),
        _ => throw new InvalidOperationException($"no phrase for {step.GetType().Name}"),
    };

    private static string Dropout(SimdTarget t, DropoutStep dropout, string x, StepPlace place)
    {
        // 24 random bits are kept when they reach the rate's share of their range.
        uint threshold = (uint)Math.Round(dropout.Rate * (double)(1 << 24));
        float scale = (float)(1.0 / (1.0 - dropout.Rate));
        return t.Select(t.KeepMask(place.Position, $"key{dropout.Salt}", threshold), $"{x} * {t.Constant(scale)}", t.Zero);
    }

    // The derivative of l1·|w| + l2·w²; 0 at w = 0.
    private static string PenaltyGradient(SimdTarget t, AddPenaltyGradient step, string x, string w)
    {
        string result = x;
        if (step.Penalty.L2 != 0f)
        {
            result = t.MultiplyAdd(w, t.Constant(2f * step.Penalty.L2), result);
        }

        if (step.Penalty.L1 != 0f)
        {
            string sign = t.Select(t.Less(w, t.Zero), t.Constant(-step.Penalty.L1), t.Zero);
            result += " + " + t.Select(t.Greater(w, t.Zero), t.Constant(step.Penalty.L1), sign);
        }

        return result;
    }

    private static string Unwrapped(string expression) =>
        expression.StartsWith("(", StringComparison.Ordinal) && expression.EndsWith(")", StringComparison.Ordinal)
            && ClosesAtEnd(expression)
            ? expression.Substring(1, expression.Length - 2)
            : expression;

    private static bool ClosesAtEnd(string expression)
    {
        int depth = 0;
        for (int i = 0; i < expression.Length; i++)
        {
            depth += expression[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i == expression.Length - 1;
            }
        }

        return false;
    }

    private IEnumerable<string> Operands(StepOperand kind)
    {
        for (int i = 0; i < _steps.Count; i++)
        {
            if (_steps[i].Operand == kind)
            {
                yield return _operands[i]!;
            }
        }
    }
}

internal enum StepPart
{
    Cheap,
    Costly,
    All,
}

/// <summary>How steps reach what belongs to the value they work on.</summary>
/// <param name="Unit">From an operand's name to the load of its values for these units.</param>
/// <param name="Element">From an operand's name to the load of its values for these elements.</param>
/// <param name="Position">The position of the first element in the batch, which dropout's masks depend on.</param>
/// <param name="BiasDone">Whether the value started from the leading bias.</param>
internal sealed record StepPlace(Func<string, string> Unit, Func<string, string> Element, string Position, bool BiasDone = false);
