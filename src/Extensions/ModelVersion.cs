namespace Unroll.Extensions;

/// <summary>Which weights serve.</summary>
/// <param name="Number">Counts from 1 what has served since the start of the program.</param>
/// <param name="Source">The weights file, or who published the snapshot.</param>
/// <param name="Written">When the file was written; null where there is none.</param>
/// <param name="Since">Since when they serve.</param>
public sealed record ModelVersion(int Number, string Source, DateTimeOffset? Written, DateTimeOffset Since);
