namespace Unroll;

/// <summary>What a training has to say that does not end it.</summary>
/// <param name="message">One sentence or a few.</param>
public sealed class WarningEventArgs(string message) : EventArgs
{
    /// <summary>What to look at, and what helps.</summary>
    public string Message => message;
}
