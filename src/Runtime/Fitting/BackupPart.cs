namespace Unroll.Fitting;

/// <summary>What one callback has in a backup.</summary>
/// <param name="Kind">The name of its type.</param>
/// <param name="Capture">Writes down what it remembers.</param>
/// <param name="Restore">Makes it remember what was written down.</param>
internal sealed record BackupPart(string Kind, Action<CallbackState> Capture, Action<CallbackState> Restore);
