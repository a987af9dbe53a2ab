namespace Unroll.Interop.OnnxFiles;

/// <summary>Squares of pixels as channels, and back.</summary>
internal static class BlockRules
{
    /// <summary>Channels as pixels: the depth's blocks before or behind the channels that are left.</summary>
    public static void DepthToSpace(OnnxCall call)
    {
        int size = call.Int(call.Int("blocksize", 0), "blocksize");
        bool isBlockFirst = call.Text("mode", "DCR") == "DCR";
        LooseValue x = call.Loose(0);
        if (size < 2 || x.File is not [_, [Factor depth], [Factor height], [Factor width]] || depth.Size % (size * size) != 0)
        {
            throw NoBlocks();
        }

        Factor[] blocks = [new(size), new(size)];
        Factor[] left = depth.Size == size * size ? [] : [new(depth.Size / (size * size))];
        LooseValue cut = x.Replace(depth, isBlockFirst ? [.. blocks, .. left] : [.. left, .. blocks]);
        call.Give(cut with { File = [x.File[0], left, [height, blocks[0]], [width, blocks[1]]] });
    }

    /// <summary>Pixels as channels.</summary>
    public static void SpaceToDepth(OnnxCall call)
    {
        int size = call.Int(call.Int("blocksize", 0), "blocksize");
        LooseValue x = call.Loose(0);
        if (size < 2 || x.File is not [_, var depth, [Factor height], [Factor width]] || height.Size % size != 0 || width.Size % size != 0)
        {
            throw NoBlocks();
        }

        Factor[] blocks = [new(size), new(size)];
        Factor[] rows = height.Size == size ? [] : [new(height.Size / size)];
        Factor[] columns = width.Size == size ? [] : [new(width.Size / size)];
        LooseValue cut = x.Replace(height, [.. rows, blocks[0]]).Replace(width, [.. columns, blocks[1]]);
        call.Give(cut with { File = [x.File[0], [.. blocks, .. depth], rows, columns] });
    }

    private static RefusedNodeException NoBlocks() => OnnxCall.Refusal("blocksize", "squares of pixels become channels, or channels such squares", "export the model with sizes that are multiples");
}
