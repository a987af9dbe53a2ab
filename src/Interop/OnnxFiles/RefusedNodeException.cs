namespace Unroll.Interop.OnnxFiles;

/// <summary>A node that cannot be represented: ends its translation, not that of the others.</summary>
internal sealed class RefusedNodeException(string? argument, string why, string instead) : Exception(why)
{
    public string? Argument => argument;

    public string Instead => instead;
}
