namespace Unroll.Data;

/// <summary>The samples of one step.</summary>
/// <param name="Data">Where they are.</param>
/// <param name="Order">Their rows.</param>
/// <param name="Weights">What each row of the data weighs; empty where all weigh 1.</param>
internal readonly record struct BatchRows(Dataset Data, ReadOnlyMemory<int> Order, ReadOnlyMemory<float> Weights)
{
    public int Count => Order.Length;

    /// <summary>The weights of a row: one, or one for each vector of its target.</summary>
    public int WeightSize => Weights.IsEmpty ? 1 : Data.WeightSize;

    /// <summary>All rows of some data in their order.</summary>
    public static BatchRows All(Dataset data) => new(data, RowOrder.Identity(data.Count), data.WeightMemory);
}
