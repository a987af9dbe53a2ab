using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Planning;

/// <summary>Places in a block, of values that come and go.</summary>
public sealed class ArenaAllocatorTests
{
    private const int CacheLine = 16;

    /// <summary>Values of 1 to 40 floats a sample come and go in any order.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public void ValuesThatAreAliveShareNoMemory(int samples)
    {
        var arena = new ArenaAllocator(samples);
        var random = new Random(samples);
        var alive = new List<(int First, int End)>();
        for (int step = 0; step < 500; step++)
        {
            if (alive.Count > 0 && random.Next(2) == 0)
            {
                int freed = random.Next(alive.Count);
                arena.Free(alive[freed].First);
                alive.RemoveAt(freed);
                continue;
            }

            int stride = random.Next(1, 41);
            int first = arena.Allocate(stride);
            int end = first + (samples * stride);
            Assert.Equal(0, first % CacheLine);
            Assert.InRange(end, 0, arena.Floats);
            Assert.DoesNotContain(alive, other => first < other.End && other.First < end);
            alive.Add((first, end));
        }
    }

    [Fact]
    public void APlaceThatIsFreeIsUsedAgain()
    {
        var arena = new ArenaAllocator(blockSamples: 4);
        int first = arena.Allocate(32);
        int second = arena.Allocate(32);
        Assert.Equal(256, arena.Floats);

        arena.Free(first);
        Assert.Equal(first, arena.Allocate(32));
        arena.Free(second);
        Assert.Equal(second, arena.Allocate(32));
        Assert.Equal(256, arena.Floats);
    }

    /// <summary>A smaller value would fit, but its samples would lie on those of other threads.</summary>
    [Fact]
    public void APlaceIsForOneStrideOnly()
    {
        var arena = new ArenaAllocator(blockSamples: 4);
        arena.Free(arena.Allocate(32));

        Assert.Equal(128, arena.Allocate(16));
        Assert.Equal(192, arena.Floats);
    }

    [Fact]
    public void APlaceOfTwoIsFreeWhenBothAreGone()
    {
        var arena = new ArenaAllocator(blockSamples: 1);
        int place = arena.Allocate(16);

        Assert.Equal(place, arena.Share(place));
        arena.Free(place);
        Assert.NotEqual(place, arena.Allocate(16));
        arena.Free(place);
        Assert.Equal(place, arena.Allocate(16));
    }
}
