using Unroll.Generator.Diagnostics;
using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>One layer's arguments by name, with the checks that need no shape; each failed check becomes a problem at its argument.</summary>
/// <param name="source">Where they are given.</param>
/// <param name="position">The layer's place among the parts of the network.</param>
/// <param name="name">The layer's name, those of the blocks around it before it.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class LayerArguments(IArgumentSource source, int position, string name, ICollection<Problem> problems)
{
    public int Position => position;

    public string Name => name;

    public float Float(string argument, float fallback = 0f) => source.Value(argument) is float value ? value : fallback;

    public bool Bool(string argument, bool fallback) => source.Value(argument) is bool value ? value : fallback;

    /// <summary>Whether an optional argument is given, be it as its default.</summary>
    public bool IsGiven(string argument) => source.IsGiven(argument);

    /// <summary>Whether a whole number is given or defaulted by the declaration.</summary>
    public bool HasNumber(string argument) => source.Value(argument) is int;

    /// <summary>Units of a layer.</summary>
    public int Units(string argument)
    {
        int value = Int(argument, fallback: 1);
        if (value < 1)
        {
            Add(Problem.At(At(argument), DiagnosticDescriptors.UnitsOutOfRange, Name, NumberText.Of(value)) with { Replacement = Meant(value) });
        }

        return value;
    }

    /// <summary>A number that counts something.</summary>
    public int Count(string argument, int fallback = 1)
    {
        int value = Int(argument, fallback);
        if (value < 1)
        {
            Add(Problem.At(At(argument), DiagnosticDescriptors.CountOutOfRange, Name, argument, NumberText.Of(value)) with { Replacement = Meant(value) });
        }

        return value;
    }

    /// <summary>A number of rows that are added or taken away.</summary>
    public int Rows(string argument, int fallback)
    {
        int value = Int(argument, fallback);
        if (value < 0)
        {
            ReportRange(argument, "at least 0", NumberText.Of(value), Meant(value));
        }

        return value;
    }

    /// <summary>The share of values dropped.</summary>
    public float DropRate(string argument)
    {
        float value = Float(argument);
        if (!NumberRange.BelowOne.Contains(value))
        {
            Add(Problem.At(At(argument), DiagnosticDescriptors.DropoutRateOutOfRange, Name, NumberText.Of(value)) with
            {
                Replacement = Meant(NumberRange.BelowOne, value),
            });
        }

        return value;
    }

    /// <summary>A number in a range; <paramref name="fallback"/> where it is left out.</summary>
    public float Number(string argument, NumberRange range, float fallback)
    {
        float value = Float(argument, fallback);
        if (!range.Contains(value))
        {
            ReportRange(argument, range.Text, NumberText.Of(value), Meant(range, value));
        }

        return value;
    }

    /// <summary>Any whole number.</summary>
    public int Int(string argument, int fallback) => source.Value(argument) is int value ? value : fallback;

    public Penalty Penalty(string l1, string l2) => new(PenaltyWeight(l1), PenaltyWeight(l2));

    /// <summary>The numbers of an array, none for null; null where one of them cannot be read, which is reported.</summary>
    public EquatableArray<int>? Numbers(string argument) => source.Value(argument) as EquatableArray<int>?;

    /// <summary>The least and the largest of two numbers, each in a range; one number stands for it and its opposite.</summary>
    public NumberSpan Span(string argument, NumberRange range)
    {
        float[] given = source.Value(argument) switch
        {
            EquatableArray<float> numbers => [.. numbers],
            float number => [number],
            _ => [0f],
        };
        if (given.Length is not (1 or 2) || !given.All(range.Contains))
        {
            string received = given.Length == 1 ? NumberText.Of(given[0]) : $"[{string.Join(", ", given.Select(static number => NumberText.Of(number)))}]";
            Add(Problem.At(At(argument), DiagnosticDescriptors.SpanOutOfRange, Name, argument, range.Text, received));
            return default;
        }

        return given.Length == 1
            ? new NumberSpan(-Math.Abs(given[0]), Math.Abs(given[0]))
            : new NumberSpan(Math.Min(given[0], given[1]), Math.Max(given[0], given[1]));
    }

    /// <summary>Whether an array has elements.</summary>
    public bool HasSpan(string argument) => source.Value(argument) is float or EquatableArray<float> { Count: > 0 };

    /// <summary>A member of an enum that mirrors the runtime's by value.</summary>
    public TEnum Enum<TEnum>(string argument, TEnum fallback = default)
        where TEnum : struct, Enum
    {
        if (source.Value(argument) is not int number)
        {
            return fallback;
        }

        var value = (TEnum)System.Enum.ToObject(typeof(TEnum), number);
        if (!System.Enum.IsDefined(typeof(TEnum), value))
        {
            Add(Problem.At(At(argument), DiagnosticDescriptors.UnknownEnumValue, Name, argument, typeof(TEnum).Name, NumberText.Of(number)));
            return fallback;
        }

        return value;
    }

    /// <summary>What the layer says about one of its parameters.</summary>
    /// <param name="prefix">What its properties begin with: <c>Kernel</c>.</param>
    /// <param name="fallback">The default initializer.</param>
    /// <param name="isMatrix">Whether its axes are inputs and units.</param>
    public WeightSpec Weights(string prefix, Initializer fallback, bool isMatrix = false) =>
        WeightArguments.Read(this, prefix, fallback, isMatrix);

    /// <summary>What the layer says about a parameter that it has unless <paramref name="option"/> is false: nothing then, and what it does say is reported.</summary>
    /// <param name="prefix">What its properties begin with: <c>Bias</c>.</param>
    /// <param name="option">The argument that leaves the parameter out.</param>
    /// <param name="fallback">The default initializer.</param>
    public WeightSpec OptionalWeights(string prefix, string option, Initializer fallback) =>
        Bool(option, fallback: true) ? Weights(prefix, fallback) : WeightArguments.ReadAbsent(this, prefix, option, fallback);

    /// <summary>Reports an argument that is given, though nothing reads it.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="chooser">The argument that decides whether something does.</param>
    /// <param name="owners">Its values with which something does.</param>
    /// <param name="chosen">Its value.</param>
    public void RefuseUnread(string argument, string chooser, string owners, string chosen)
    {
        if (IsGiven(argument))
        {
            Add(Problem.At(At(argument), DiagnosticDescriptors.ArgumentWithoutEffect, Name, argument, chooser, owners, chosen));
        }
    }

    /// <summary>The place of an argument; of the layer where none is named.</summary>
    public Place At(string? argument) => Place.Layer(Position, argument);

    public void Add(Problem problem) => problems.Add(problem);

    private void ReportRange(string argument, string range, string received, string? meant) => Add(
        Problem.At(At(argument), DiagnosticDescriptors.NumberOutOfRange, Name, argument, range, received) with { Replacement = meant });

    private float PenaltyWeight(string argument)
    {
        float value = Float(argument);
        if (!NumberRange.AtLeastZero.Contains(value))
        {
            Add(Problem.At(At(argument), DiagnosticDescriptors.PenaltyOutOfRange, Name, argument, NumberText.Of(value)) with
            {
                Replacement = Meant(NumberRange.AtLeastZero, value),
            });
        }

        return value;
    }

    private static string? Meant(int value) => value is < 0 and > int.MinValue ? NumberText.Of(-value) : null;

    private static string? Meant(NumberRange range, float value) => range.Meant(value) is float meant ? NumberText.Of(meant) + "f" : null;
}
