using System.ComponentModel;

namespace Unroll.Compiled;

/// <summary>The proof that generated code and runtime fit together: a network can only be created with one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Contract
{
    /// <summary>The number that code generated for this runtime carries.</summary>
    public const int Version = 12;

    private static readonly Contract s_kept = new();

    private Contract()
    {
    }

    /// <summary>Refuses code that was generated for another runtime.</summary>
    /// <param name="generated">The number in the generated code.</param>
    /// <param name="network">The network's class.</param>
    /// <exception cref="InvalidOperationException">The numbers differ.</exception>
    public static Contract Require(int generated, Type network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return generated == Version ? s_kept : throw Refusal(network, generated < Version ? "an older" : "a newer", $"contract {generated}");
    }

    internal static InvalidOperationException Refusal(Type network, string age, string carried)
    {
        string runtime = typeof(Contract).Assembly.GetName().Version!.ToString(3);
        return new InvalidOperationException(
            $"{network.FullName} was compiled by {age} version of Unroll than the one this program runs on ({carried} there, contract {Version} "
            + $"in Unroll {runtime}). Build {network.Assembly.GetName().Name} again with Unroll {runtime}.");
    }
}
