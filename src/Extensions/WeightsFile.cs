namespace Unroll.Extensions;

/// <summary>What tells one content of a file from another, without reading it.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Written">When it was last written.</param>
internal readonly record struct WeightsFile(long Length, DateTime Written)
{
    /// <summary>The file as it is now, behind links; null where there is none.</summary>
    public static WeightsFile? Of(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        return file.Exists ? new WeightsFile(file.Length, file.LastWriteTimeUtc) : null;
    }
}
