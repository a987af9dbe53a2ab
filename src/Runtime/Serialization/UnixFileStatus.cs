namespace Unroll.Serialization;

/// <summary>What a path names and whose it is.</summary>
internal readonly record struct UnixFileStatus(UnixFileKind Kind, uint User, uint Group);
