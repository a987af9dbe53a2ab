using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Numerics;

/// <summary>Rows of a table that ids name, and the sums of what comes back to them.</summary>
/// <remarks>
/// Ids were checked before. What another thread has written into the caller's memory since is brought into the table, so that nothing
/// outside is read.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EmbeddingRows
{
    /// <summary>y's vectors: the rows of the table at the ids, row-major.</summary>
    /// <param name="ids">The samples.</param>
    /// <param name="table">Rows that follow each other.</param>
    /// <param name="y">Receives a row for each id.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="vectors">Vectors of ids in a sample.</param>
    /// <param name="columns">Ids in a vector.</param>
    /// <param name="idStride">Floats from one vector of ids to the next.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="tableStride">Floats of a row, padding included.</param>
    /// <param name="yStride">Floats from one vector of y to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(
        ref float ids, ref float table, ref float y, nuint samples, int vectors, int columns, int idStride, int rows, int tableStride, int yStride)
    {
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            for (int column = 0; column < columns; column++)
            {
                ref float row = ref Unsafe.Add(ref table, RowOf(Unsafe.Add(ref ids, column), rows) * tableStride);
                for (nuint i = 0; i < (nuint)tableStride; i += (nuint)Vector<float>.Count)
                {
                    Vector.LoadUnsafe(ref row, i).StoreUnsafe(ref y, i);
                }

                y = ref Unsafe.Add(ref y, yStride);
            }

            ids = ref Unsafe.Add(ref ids, idStride);
        }
    }

    /// <summary>Some columns of the table's gradient: what came back to each row, in the order of the batch; rows without an id become 0.</summary>
    /// <param name="ids">The ids of the first sample.</param>
    /// <param name="dy">What came back to them.</param>
    /// <param name="dtable">Receives the sums.</param>
    /// <param name="samples">The samples there are.</param>
    /// <param name="goesOn">Whether the sums go on from those of the samples before.</param>
    /// <param name="vectors">Vectors of ids in a sample.</param>
    /// <param name="columns">Ids in a vector.</param>
    /// <param name="idStride">Floats from one vector of ids to the next.</param>
    /// <param name="dyStride">Floats from one vector of dy to the next.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="tableStride">Floats of a row, padding included.</param>
    /// <param name="partFloats">Floats of a row that belong to a part.</param>
    /// <param name="part">Which of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        ref float ids,
        ref float dy,
        ref float dtable,
        nuint samples,
        bool goesOn,
        int vectors,
        int columns,
        int idStride,
        int dyStride,
        int rows,
        int tableStride,
        int partFloats,
        int part)
    {
        int first = part * partFloats;
        int count = Math.Min(partFloats, tableStride - first);
        for (int row = 0; row < rows && !goesOn; row++)
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref dtable, (row * tableStride) + first), count).Clear();
        }

        AddGradient(ref ids, ref dy, ref dtable, samples, vectors, columns, idStride, dyStride, rows, tableStride, partFloats, part);
    }

    /// <summary>Adds to some columns of the table's gradient what came back to each row, in the order of the batch.</summary>
    /// <param name="ids">The ids of the first sample.</param>
    /// <param name="dy">What came back to them.</param>
    /// <param name="dtable">Holds the sums so far.</param>
    /// <param name="samples">The samples there are.</param>
    /// <param name="vectors">Vectors of ids in a sample.</param>
    /// <param name="columns">Ids in a vector.</param>
    /// <param name="idStride">Floats from one vector of ids to the next.</param>
    /// <param name="dyStride">Floats from one vector of dy to the next.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="tableStride">Floats of a row, padding included.</param>
    /// <param name="partFloats">Floats of a row that belong to a part.</param>
    /// <param name="part">Which of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradient(
        ref float ids,
        ref float dy,
        ref float dtable,
        nuint samples,
        int vectors,
        int columns,
        int idStride,
        int dyStride,
        int rows,
        int tableStride,
        int partFloats,
        int part)
    {
        int first = part * partFloats;
        int count = Math.Min(partFloats, tableStride - first);
        dtable = ref Unsafe.Add(ref dtable, first);
        dy = ref Unsafe.Add(ref dy, first);
        for (nuint vector = samples * (nuint)vectors; vector != 0; vector--)
        {
            for (int column = 0; column < columns; column++)
            {
                Add(ref Unsafe.Add(ref dtable, RowOf(Unsafe.Add(ref ids, column), rows) * tableStride), ref dy, (nuint)count);
                dy = ref Unsafe.Add(ref dy, dyStride);
            }

            ids = ref Unsafe.Add(ref ids, idStride);
        }
    }

    /// <summary>The row that an id names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int RowOf(float id, int rows) => (int)Math.Min((uint)(int)id, (uint)rows - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref float sum, ref float term, nuint count)
    {
        for (nuint i = 0; i < count; i += (nuint)Vector<float>.Count)
        {
            (Vector.LoadUnsafe(ref sum, i) + Vector.LoadUnsafe(ref term, i)).StoreUnsafe(ref sum, i);
        }
    }
}
