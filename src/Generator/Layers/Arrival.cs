using Unroll.Generator.Model;

namespace Unroll.Generator.Layers;

/// <summary>At which steps of a stream a value is there anew: at step <paramref name="First"/>, counted from 0, and each <paramref name="Period"/> steps from there on.</summary>
internal sealed record Arrival(long Period, long First)
{
    public static readonly Arrival EachStep = new(1, 0);

    /// <summary>The most steps that a stream counts to.</summary>
    public const long MostSteps = int.MaxValue;

    /// <summary>That of a value which is there anew at these of the steps that have this arrival.</summary>
    public Arrival Then(Arrival of) => new(Math.Min(Period * of.Period, MostSteps + 1), Math.Min(First + (Period * of.First), MostSteps + 1));

    public override string ToString() => this switch
    {
        { Period: 1, First: 0 } => "at each step",
        { Period: 1 } => $"at each step from step {NumberText.Of(First + 1)} on",
        _ => $"every {NumberText.Of(Period)} steps from step {NumberText.Of(First + 1)} on",
    };
}
