using System.Globalization;

namespace Unroll.Shift;

/// <summary>A feature or an output that drifts.</summary>
/// <param name="IsOutput">Whether it is an output of the network, not a feature.</param>
/// <param name="Index">Its place among the features or the outputs, from 0.</param>
/// <param name="Direction">How it drifts.</param>
/// <param name="Since">The observation, counted from 1, at which the alarm was raised.</param>
public sealed record DriftingVariable(bool IsOutput, int Index, DriftDirection Direction, long Since)
{
    /// <returns>In words: <c>feature 3 goes down since observation 21</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsOutput ? "output" : "feature")} {Index} {Movement} since observation {Since}");

    private string Movement => Direction switch
    {
        DriftDirection.Up => "goes up",
        DriftDirection.Down => "goes down",
        DriftDirection.Wider => "spreads",
        _ => "narrows",
    };
}
